package io.certwright.store.postgres;

import io.certwright.crypto.KeySealer;
import io.certwright.crypto.SealedKey;
import io.certwright.crypto.SealedStock;
import io.certwright.failure.LifecycleException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The sealed keys of certificates. */
public final class PostgresSealedStock implements SealedStock {
    private static final int PAGE = 500;

    private final Database database;

    public PostgresSealedStock(Database database) {
        this.database = database;
    }

    private record Row(UUID id, SealedKey key) {}

    @Override
    public int reseal(KeySealer sealer, String activeId) throws LifecycleException {
        return database.inTransaction(() -> {
            int resealed = 0;
            List<Row> page = under(activeId);
            while (!page.isEmpty()) {
                for (Row row : page) {
                    replace(row, sealer.reseal(row.key()));
                    resealed++;
                }
                page = under(activeId);
            }
            return resealed;
        });
    }

    /** Some of those that lie under another; each page is empty of what the one before has sealed anew. */
    private List<Row> under(String activeId) throws LifecycleException {
        return database.list("""
                select id, master_key_id, nonce, ciphertext, public_key, spec
                from sealed_key where master_key_id <> ? limit ? for update""", row -> new Row(row.uuid("id"), CertificateRows.readKey(row)), activeId, PAGE);
    }

    private void replace(Row row, SealedKey next) throws LifecycleException {
        int updated = database.update(
                "update sealed_key set master_key_id = ?, nonce = ?, ciphertext = ? where id = ?",
                next.masterKeyId(),
                next.nonce(),
                next.ciphertext(),
                row.id());
        if (updated != 1 || next.masterKeyId().equals(row.key().masterKeyId())) {
            throw new IllegalStateException("sealed key " + row.id() + " could not be sealed anew");
        }
    }

    @Override
    public Map<String, Long> countByMasterKey() throws LifecycleException {
        Map<String, Long> counts = new HashMap<>();
        database.list(
                        "select master_key_id, count(*) as n from sealed_key group by master_key_id",
                        row -> Map.entry(row.text("master_key_id"), row.number("n")))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }
}
