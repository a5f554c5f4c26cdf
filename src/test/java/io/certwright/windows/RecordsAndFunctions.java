package io.certwright.windows;

import io.certwright.windows.ScriptText.Function;
import io.certwright.windows.ScriptText.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where the call records and the functions of a script differ, one sentence each. */
final class RecordsAndFunctions {
    private final ScriptText script;
    private final Map<String, Function> functions;
    private final List<String> differences = new ArrayList<>();

    private RecordsAndFunctions(String text) {
        this.script = new ScriptText(text);
        this.functions = script.functions();
    }

    static List<String> differencesIn(String script) {
        RecordsAndFunctions held = new RecordsAndFunctions(script);
        held.compare();
        return held.differences;
    }

    private void compare() {
        Map<String, Class<?>> records = new TreeMap<>(CallNames.all());
        compareSets("the dispatcher's list", records.keySet(), script.calls());
        records.forEach((name, record) -> {
            Function function = functions.get(name);
            if (function == null) {
                differences.add(name + ": no function");
                return;
            }
            compareParameters(name, record, function);
            List<Map<String, String>> answers = script.answersOf(name);
            if (answers.isEmpty()) {
                differences.add(name + ": answers nothing");
            }
            answers.forEach(answer -> compareAnswer(name, AnswerTypes.ofClass(record), answer));
        });
    }

    private void compareParameters(String name, Class<?> record, Function function) {
        Map<String, RecordComponent> wanted = Arrays.stream(record.getRecordComponents())
                .collect(Collectors.toMap(each -> CallNames.parameterOf(each.getName()), each -> each));
        Set<String> got = function.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
        compareSets(name + "'s parameters", wanted.keySet(), got);
        for (Parameter parameter : function.parameters()) {
            RecordComponent component = wanted.get(parameter.name());
            if (component == null) {
                continue;
            }
            boolean optional = component.getType() == Optional.class;
            if (parameter.mandatory() == optional) {
                differences.add(name + " -" + parameter.name() + ": mandatory is " + parameter.mandatory());
            }
            if (!parameter.type().equals(typeOf(component))) {
                differences.add(name + " -" + parameter.name() + ": got [" + parameter.type() + "], wanted ["
                        + typeOf(component) + "]");
            }
        }
    }

    private static String typeOf(RecordComponent component) {
        Class<?> type = component.getType();
        return type == int.class ? "int" : type == long.class ? "long" : type == boolean.class ? "bool" : "string";
    }

    private void compareAnswer(String name, Class<? extends Record> type, Map<String, String> answer) {
        Set<String> wanted = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        compareSets(name + "'s answer", wanted, answer.keySet());
        for (RecordComponent component : type.getRecordComponents()) {
            String value = answer.getOrDefault(component.getName(), "");
            if (component.getType() == List.class) {
                if (!value.startsWith("@(")) {
                    differences.add(name + "'s answer: " + component.getName() + " is not wrapped in @(…)");
                }
                Class<?> item = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
                if (item.isRecord()) {
                    ScriptText.within(value).forEach(each -> compareAnswer(name, item.asSubclass(Record.class), each));
                }
            }
        }
    }

    private void compareSets(String what, Set<String> wanted, Set<String> got) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(got);
        Set<String> strange = new TreeSet<>(got);
        strange.removeAll(wanted);
        missing.forEach(each -> differences.add(what + ": lacks " + each));
        strange.forEach(each -> differences.add(what + ": has " + each + ", which no record knows"));
    }
}
