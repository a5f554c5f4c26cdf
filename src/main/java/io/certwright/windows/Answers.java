package io.certwright.windows;

import java.util.List;

/** What came of calls that were all done, in the order of the calls. */
public final class Answers {
    private final List<? extends WindowsCall<?>> calls;
    private final List<? extends Record> answers;

    public Answers(List<? extends WindowsCall<?>> calls, List<? extends Record> answers) {
        if (calls.size() != answers.size()) {
            throw new IllegalArgumentException(
                    "answers: got " + answers.size() + " for " + calls.size() + " calls, wanted one each");
        }
        this.calls = List.copyOf(calls);
        this.answers = List.copyOf(answers);
    }

    /** The answer of a call that was asked; of equal calls the last one's. */
    public <A extends Record> A of(WindowsCall<A> call) {
        int at = calls.lastIndexOf(call);
        if (at < 0) {
            throw new IllegalArgumentException("answers: " + call.function() + " was not among the calls");
        }
        return AnswerTypes.of(call).cast(answers.get(at));
    }

    /** All of them, as asked. */
    public List<? extends Record> inOrder() {
        return answers;
    }
}
