package io.certwright.planted.alert;

final class MailHelper {}
