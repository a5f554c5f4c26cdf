package io.certwright.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The word {@code certwright} itself with the options that every command has. Spelled out: reading annotations takes longer than a list
 * of a thousand certificates.
 */
final class RootCommand {
    static final String STANDARD_SETTINGS = "config/certwright.yml";

    private final OptionSpec config = everywhere("--config")
            .type(Path.class)
            .paramLabel("FILE")
            .initialValue(Path.of(STANDARD_SETTINGS))
            .description("The settings file; config/certwright.yml if not given.")
            .build();
    private final OptionSpec json = flag("--json")
            .description("Answer with one JSON document on stdout.")
            .build();
    private final OptionSpec verbose = flag("-v", "--verbose")
            .description("Log everything that may help to find a fault, on stderr.")
            .build();
    private final OptionSpec quiet = flag("-q", "--quiet")
            .description("No notes and no progress; log errors only.")
            .build();
    private final OptionSpec help =
            flag("-h", "--help").usageHelp(true).description("Show this help.").build();
    private final OptionSpec version = flag("-V", "--version")
            .versionHelp(true)
            .description("Show the version.")
            .build();

    private static OptionSpec.Builder everywhere(String... names) {
        return OptionSpec.builder(names).scopeType(ScopeType.INHERIT);
    }

    private static OptionSpec.Builder flag(String... names) {
        return everywhere(names).type(boolean.class).arity("0").initialValue(false);
    }

    CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
                .name("certwright")
                .addOption(config)
                .addOption(json)
                .addOption(verbose)
                .addOption(quiet)
                .addOption(help)
                .addOption(version);
        spec.usageMessage()
                .description("Obtains, checks, publishes, binds, proves and watches the TLS certificates of servers.")
                .synopsisSubcommandLabel("COMMAND")
                .optionListHeading("%nOptions, before or after the command:%n")
                .commandListHeading("%nCommands:%n")
                .sortOptions(false);
        return spec;
    }

    GlobalOptions options() {
        return new GlobalOptions(config.getValue(), json.getValue(), verbose.getValue(), quiet.getValue());
    }

    boolean wantsHelp() {
        return help.getValue();
    }

    boolean wantsVersion() {
        return version.getValue();
    }
}
