package io.certwright.iis;

import java.util.List;

/**
 * A site of IIS with its http and https bindings.
 *
 * @param id the number of the site, by which WSUS remembers its own
 * @param started whether it answers requests now
 */
public record Site(long id, String name, boolean started, List<Binding> bindings) {
    public Site {
        bindings = List.copyOf(bindings);
    }

    public List<Binding> httpsBindings() {
        return bindings.stream().filter(Binding::isHttps).toList();
    }

    /** The https bindings on a port. */
    public List<Binding> httpsBindingsOn(int port) {
        return bindings.stream()
                .filter(binding -> binding.isHttps() && binding.at().port() == port)
                .toList();
    }
}
