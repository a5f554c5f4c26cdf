package io.certwright.planted.lifecycle;

import io.certwright.planted.binding.ServerBinding;

/** May bind, but neither put back nor forget. */
final class SwitchOver {
    Runnable perform(ServerBinding binding) {
        binding.bind();
        binding.restore();
        return binding::forget;
    }
}
