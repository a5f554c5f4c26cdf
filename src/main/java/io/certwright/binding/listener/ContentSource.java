package io.certwright.binding.listener;

import io.certwright.failure.LifecycleException;
import java.util.Optional;

/** What is there to read under a path: a status page, a revocation list, a trust package. */
public interface ContentSource {
    /**
     * What stands under a path now.
     *
     * @param path of the request, decoded, as it came: never trust it as a file name
     * @return empty where nothing is there (404)
     */
    Optional<Content> find(String path) throws LifecycleException;
}
