package io.certwright.alert;

import io.certwright.failure.LifecycleException;
import java.util.List;

/** Port: the certificates that are in use, managed or only watched. */
public interface WatchList {
    List<Watched> listWatched() throws LifecycleException;
}
