package io.certwright.planted.cli;

import io.certwright.planted.alert.mail.Letter;

final class MailCommand {
    void send(Letter letter) {}
}
