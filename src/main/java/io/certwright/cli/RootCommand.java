package io.certwright.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The word {@code certwright} itself with the options that every command has. */
@Command(
        name = "certwright",
        description = "Obtains, checks, publishes, binds, proves and watches the TLS certificates of servers.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions, before or after the command:%n",
        commandListHeading = "%nCommands:%n",
        sortOptions = false)
final class RootCommand {
    static final String STANDARD_SETTINGS = "config/certwright.yml";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The settings file; config/certwright.yml if not given.")
    private Path config = Path.of(STANDARD_SETTINGS);

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer with one JSON document on stdout.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log everything that may help to find a fault, on stderr.")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No notes and no progress; log errors only.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            scope = ScopeType.INHERIT,
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    GlobalOptions options() {
        return new GlobalOptions(config, json, verbose, quiet);
    }

    boolean wantsHelp() {
        return help;
    }

    boolean wantsVersion() {
        return version;
    }
}
