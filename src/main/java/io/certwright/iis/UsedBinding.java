package io.certwright.iis;

import io.certwright.certificate.Printable;

/** An https binding and the site that has it, for people: {@code "WSUS Administration" *:8531:}. */
record UsedBinding(Site site, Binding binding) {
    @Override
    public String toString() {
        return Printable.quote(site.name()) + ' ' + binding.at();
    }
}
