package io.certwright.planted.lifecycle;

import io.certwright.planted.policy.Judgement;

public final class Story {
    public void judged(Judgement judgement) {}
}
