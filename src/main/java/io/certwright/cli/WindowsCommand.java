package io.certwright.cli;

import picocli.CommandLine.Command;

/** {@code windows …}: what a Windows host needs to be looked after. */
@Command(
        name = "windows",
        description = "Prepares Windows hosts.",
        subcommands = {InstallScriptCommand.class})
final class WindowsCommand {}
