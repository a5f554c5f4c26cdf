package io.certwright.planted.certificate;

import com.fasterxml.jackson.core.JsonFactory;

final class JsonValue {
    JsonFactory factory() {
        return new JsonFactory();
    }
}
