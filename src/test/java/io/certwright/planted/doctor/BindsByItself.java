package io.certwright.planted.doctor;

import io.certwright.planted.binding.ServerBinding;

final class BindsByItself {
    void heal(ServerBinding binding) {
        binding.bind();
    }
}
