package io.certwright.wsus.logs;

import java.util.List;

/** One line that must come, in any of its forms. */
record Expected(List<String> forms) {
    static Expected of(String... forms) {
        return new Expected(List.of(forms));
    }

    boolean isIn(LogLine line) {
        return forms.stream().anyMatch(line::has);
    }

    @Override
    public String toString() {
        return forms.get(0);
    }
}
