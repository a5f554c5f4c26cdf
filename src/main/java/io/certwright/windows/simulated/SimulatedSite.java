package io.certwright.windows.simulated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A site of IIS as applicationHost.config has it; certificates stand in http.sys alone. */
final class SimulatedSite {
    /** A binding; its flags may hold bits that nobody knows. */
    record Bound(String protocol, String information, int flags) {
        int port() {
            String rest = information.substring(0, information.lastIndexOf(':'));
            return Integer.parseInt(rest.substring(rest.lastIndexOf(':') + 1));
        }

        String host() {
            return information.substring(information.lastIndexOf(':') + 1);
        }

        private String address() {
            String rest = information.substring(0, information.lastIndexOf(':'));
            String address = rest.substring(0, rest.lastIndexOf(':'));
            return address.equals("*") || address.isEmpty() ? "0.0.0.0" : address;
        }

        boolean isNamed() {
            return (flags & 1) != 0;
        }

        /** The entry of http.sys that a handshake at this binding gets its certificate from. */
        String key() {
            return isNamed() ? "hostnameport=" + host() + ":" + port() : "ipport=" + address() + ":" + port();
        }
    }

    private final int id;
    private final String name;
    private final List<Bound> bindings = new ArrayList<>();
    private final List<String> applications = new ArrayList<>();
    private final List<String> directories = new ArrayList<>();
    private final Map<String, String> sslFlags = new LinkedHashMap<>();
    private final List<String> served = new ArrayList<>();
    private boolean started = true;

    SimulatedSite(int id, String name) {
        this.id = id;
        this.name = name;
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    List<Bound> bindings() {
        return bindings;
    }

    List<String> applications() {
        return applications;
    }

    List<String> directories() {
        return directories;
    }

    /** What stands at a path of this site itself ({@code ""} is the site), by path in lower case. */
    Map<String, String> sslFlags() {
        return sslFlags;
    }

    /** The folder that it serves, where it matters. */
    List<String> served() {
        return served;
    }

    void serve(String root) {
        served.add(root);
    }

    boolean isStarted() {
        return started;
    }

    void start(boolean wanted) {
        started = wanted;
    }
}
