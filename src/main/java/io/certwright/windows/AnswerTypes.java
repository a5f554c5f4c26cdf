package io.certwright.windows;

import java.lang.reflect.ParameterizedType;

/** Which record a call is answered with, as its declaration says: {@code GetSites implements SiteCall<Sites>}. */
final class AnswerTypes {
    private static final ClassValue<Class<? extends Record>> TYPES = new ClassValue<>() {
        @Override
        protected Class<? extends Record> computeValue(Class<?> call) {
            ParameterizedType face = (ParameterizedType) call.getGenericInterfaces()[0];
            return ((Class<?>) face.getActualTypeArguments()[0]).asSubclass(Record.class);
        }
    };

    private AnswerTypes() {}

    @SuppressWarnings("unchecked") // the declaration of the call says so
    static <A extends Record> Class<A> of(WindowsCall<A> call) {
        return (Class<A>) TYPES.get(call.getClass());
    }

    static Class<? extends Record> ofClass(Class<?> call) {
        return TYPES.get(call);
    }
}
