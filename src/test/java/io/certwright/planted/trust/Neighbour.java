package io.certwright.planted.trust;

import io.certwright.planted.policy.Judgement;

final class Neighbour {
    void judged(Judgement judgement) {}
}
