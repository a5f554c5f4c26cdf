package io.certwright.cli;

import java.util.ArrayList;
import java.util.List;

/** All reports of one {@code check}; several end with a table that is read at a glance. */
record CheckAnswer(List<CheckReport> reports) implements Answer {
    @Override
    public List<String> lines(boolean colours) {
        List<String> lines = new ArrayList<>();
        for (CheckReport report : reports) {
            lines.addAll(report.lines(colours));
            lines.add("");
        }
        if (reports.size() > 1) {
            lines.addAll(table().lines(colours));
        } else {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    private Table table() {
        Table table = Table.of("TARGET", "VERDICT", "VALID");
        reports.forEach(report -> table.row(report.target(), report.summary(), report.life()));
        return table;
    }

    @Override
    public void write(JsonObject json) {
        json.putObjects("certificates", reports, (object, report) -> report.write(object));
    }
}
