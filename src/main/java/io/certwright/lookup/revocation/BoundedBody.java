package io.certwright.lookup.revocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body up to so many bytes and hangs up at the next one. A body that nobody wants is let pass by, up to the same limit. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int most;
    private final boolean wanted;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription source;
    private long seen;

    BoundedBody(int most, boolean wanted) {
        this.most = most;
        this.wanted = wanted;
    }

    /** There was more than was to be taken. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            seen += piece.remaining();
            if (seen > most) {
                hangUp();
                return;
            }
            byte[] bytes = new byte[wanted ? piece.remaining() : 0];
            piece.get(bytes);
            taken.writeBytes(bytes);
        }
    }

    private void hangUp() {
        if (source != null) {
            source.cancel();
        }
        body.completeExceptionally(new TooLong());
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(taken.toByteArray());
    }
}
