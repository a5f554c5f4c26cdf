package io.certwright.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.certwright.failure.LifecycleException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every binding keeps to, whatever it points at a certificate. Begins with nothing bound. */
public abstract class ServerBindingContract {
    protected abstract ServerBinding binding();

    /** A fresh certificate, good to be bound. */
    protected abstract CertificateToBind fresh(String dns);

    /** Everything a server's owner could see of the binding, comparable by {@code equals}. */
    protected abstract Object visible() throws IOException, LifecycleException;

    @Test
    void shows_nothing_before_the_first_bind() throws LifecycleException {
        assertThat(binding().look().chain()).isEmpty();
    }

    @Test
    void shows_what_was_bound() throws LifecycleException {
        CertificateToBind next = fresh("wsus.certwright.test");

        binding().bind(next);

        assertThat(binding().look().chain()).contains(next.certificate().chain());
        assertThat(binding().look().shows(next.certificate().sha256())).isTrue();
    }

    @Test
    void binding_twice_is_harmless() throws Exception {
        CertificateToBind next = fresh("wsus.certwright.test");
        binding().bind(next);
        Object once = visible();

        binding().bind(next);

        assertThat(visible()).isEqualTo(once);
    }

    @Test
    void looking_changes_nothing() throws Exception {
        binding().bind(fresh("wsus.certwright.test"));
        Object before = visible();

        BoundState first = binding().look();

        assertThat(binding().look()).isEqualTo(first);
        assertThat(visible()).isEqualTo(before);
    }

    @Test
    void a_preview_names_the_change_and_makes_none() throws Exception {
        binding().bind(fresh("old.certwright.test"));
        CertificateToBind next = fresh("new.certwright.test");
        Object before = visible();

        assertThat(binding().preview(next))
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(sentence).contains("would").matches("\\P{Cntrl}+"));
        assertThat(visible()).isEqualTo(before);
    }

    @Test
    void a_preview_of_what_is_bound_is_empty() throws LifecycleException {
        CertificateToBind next = fresh("wsus.certwright.test");
        binding().bind(next);

        assertThat(binding().preview(next)).isEmpty();
    }

    @Test
    void restores_exactly_what_was_bound_before() throws Exception {
        binding().bind(fresh("old.certwright.test"));
        Object old = visible();
        BoundState before = binding().look();
        binding().bind(fresh("new.certwright.test"));

        binding().restore(before);

        assertThat(visible()).isEqualTo(old);
        assertThat(binding().look().chain()).isEqualTo(before.chain());
    }

    @Test
    void restores_nothing_where_nothing_was_bound() throws Exception {
        Object empty = visible();
        BoundState before = binding().look();
        binding().bind(fresh("new.certwright.test"));

        binding().restore(before);

        assertThat(visible()).isEqualTo(empty);
        assertThat(binding().look().chain()).isEmpty();
    }

    @Test
    void restoring_twice_is_harmless() throws Exception {
        binding().bind(fresh("old.certwright.test"));
        Object old = visible();
        BoundState before = binding().look();
        binding().bind(fresh("new.certwright.test"));

        binding().restore(before);
        binding().restore(before);

        assertThat(visible()).isEqualTo(old);
    }

    @Test
    void binds_again_after_a_restore() throws LifecycleException {
        binding().bind(fresh("old.certwright.test"));
        BoundState before = binding().look();
        CertificateToBind next = fresh("new.certwright.test");
        binding().bind(next);
        binding().restore(before);

        binding().bind(next);

        assertThat(binding().look().shows(next.certificate().sha256())).isTrue();
    }

    @Test
    void forgetting_an_old_certificate_leaves_the_bound_one() throws Exception {
        CertificateToBind old = fresh("old.certwright.test");
        CertificateToBind next = fresh("new.certwright.test");
        binding().bind(old);
        binding().bind(next);

        binding().forget(old.certificate());
        binding().forget(old.certificate());

        assertThat(binding().look().chain()).contains(next.certificate().chain());
    }

    @Test
    void never_forgets_what_is_bound() throws Exception {
        CertificateToBind next = fresh("wsus.certwright.test");
        binding().bind(next);
        Object before = visible();

        binding().forget(next.certificate());

        assertThat(visible()).isEqualTo(before);
    }

    @Test
    void keeps_its_name() {
        assertThat(binding().name()).isEqualTo(binding().name());
    }
}
