package io.certwright.planted.binding;

public interface ServerBinding {
    void bind();

    void restore();

    void forget();
}
