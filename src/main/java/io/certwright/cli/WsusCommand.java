package io.certwright.cli;

import picocli.CommandLine.Command;

/** {@code wsus …}: a WSUS server held against what it should be. */
@Command(
        name = "wsus",
        description = "Holds WSUS servers against their desired state, and switches them to TLS.",
        subcommands = {WsusCheckCommand.class, WsusApplyCommand.class, WsusUndoCommand.class})
final class WsusCommand {}
