-- Besides people, a program is told: the webhook of the settings.
ALTER TABLE alert_outbox
    DROP CONSTRAINT alert_outbox_recipient_check,
    ADD CONSTRAINT alert_outbox_recipient_check
        CHECK (recipient = 'webhook' OR recipient ~ '^[^@[:space:]]+@[^@[:space:]]+$');
