package io.certwright.binding.iis;

import io.certwright.iis.Site;
import io.certwright.windows.SiteCall.AddHttpsBinding;
import io.certwright.windows.SiteCall.ClearBindingCertificate;
import io.certwright.windows.SiteCall.RemoveHttpsBinding;
import io.certwright.windows.SiteCall.SetBindingCertificate;
import io.certwright.windows.SiteCall.SetBindingFlags;
import io.certwright.windows.StoreName;
import io.certwright.windows.WindowsCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calls that lead from the bindings of a site as they are to how they were. */
final class Restoration {
    private final Site site;
    private final Memento now;

    Restoration(Site site, Memento now) {
        this.site = site;
        this.now = now;
    }

    /** Bindings that were there come back and get what they had; those that were not are removed. */
    List<WindowsCall<?>> backTo(Memento before) {
        List<WindowsCall<?>> calls = new ArrayList<>();
        for (Memento.Remembered present : now.bindings()) {
            if (before.find(present.at()).isEmpty()) {
                calls.add(new RemoveHttpsBinding(id(), present.at().toString()));
            }
        }
        for (Memento.Remembered wanted : before.bindings()) {
            calls.addAll(backTo(wanted, now.find(wanted.at())));
        }
        return calls;
    }

    private List<WindowsCall<?>> backTo(Memento.Remembered wanted, Optional<Memento.Remembered> present) {
        List<WindowsCall<?>> calls = new ArrayList<>();
        String at = wanted.at().toString();
        if (present.isEmpty()) {
            calls.add(new AddHttpsBinding(site.name(), at, wanted.flags().bits()));
        } else if (!present.get().flags().equals(wanted.flags())) {
            calls.add(new SetBindingFlags(site.name(), at, wanted.flags().bits()));
        }
        boolean same = present.filter(each -> each.certificate().equals(wanted.certificate())
                        && each.store().equalsIgnoreCase(wanted.store()))
                .isPresent();
        boolean bare = present.flatMap(Memento.Remembered::certificate).isEmpty();
        if (wanted.certificate().isPresent() && !same) {
            calls.add(new SetBindingCertificate(id(), at, wanted.certificate().get(), storeOf(wanted.store())));
        } else if (wanted.certificate().isEmpty() && !bare) {
            calls.add(new ClearBindingCertificate(id(), at));
        }
        return calls;
    }

    /** Only the flags of bindings that were there and have others now. */
    List<WindowsCall<?>> flagsBackTo(Memento before) {
        List<WindowsCall<?>> calls = new ArrayList<>();
        for (Memento.Remembered wanted : before.bindings()) {
            boolean lost = now.find(wanted.at())
                    .filter(present -> !present.flags().equals(wanted.flags()))
                    .isPresent();
            if (lost) {
                calls.add(new SetBindingFlags(
                        site.name(), wanted.at().toString(), wanted.flags().bits()));
            }
        }
        return calls;
    }

    private int id() {
        return Math.toIntExact(site.id());
    }

    private static StoreName storeOf(String store) {
        return store.equalsIgnoreCase(StoreName.WEB_HOSTING.toString()) ? StoreName.WEB_HOSTING : StoreName.MY;
    }
}
