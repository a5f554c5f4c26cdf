package io.certwright.cli;

import picocli.CommandLine.Command;

/** {@code windows …}: what a Windows host needs to be looked after, and the service of this one. */
@Command(
        name = "windows",
        description = "Prepares Windows hosts, and runs Certwright as a service of Windows.",
        subcommands = {InstallScriptCommand.class, ServiceCommand.class})
final class WindowsCommand {}
