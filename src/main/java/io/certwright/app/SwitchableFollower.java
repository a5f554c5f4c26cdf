package io.certwright.app;

import io.certwright.binding.listener.ListenerFollower;
import io.certwright.failure.LifecycleException;

/** Passes on to the listener of this process as soon as it has one; a process without one leaves following to those that serve. */
final class SwitchableFollower implements ListenerFollower {
    private volatile ListenerFollower here = () -> {};

    void follow(ListenerFollower listener) {
        here = listener;
    }

    @Override
    public void refresh() throws LifecycleException {
        here.refresh();
    }
}
