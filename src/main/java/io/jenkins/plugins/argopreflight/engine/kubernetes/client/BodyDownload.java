package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static java.util.Objects.requireNonNull;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ReadMeter.TooLarge;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import okhttp3.Call;
import okhttp3.Response;

/** The body of one answer, written to a stream as it arrives; reading ends at a limit. */
final class BodyDownload {

    private static final int BLOCK_BYTES = 1 << 14;

    private final ServerRoute server;
    private final String path;
    private final OutputStream into;
    private final long limit;

    /** The failure of the stream to which the answer is written. */
    static final class SinkFailure extends IOException {

        private static final long serialVersionUID = 1L;

        SinkFailure(IOException cause) {
            super(cause);
        }
    }

    /**
     * Creates a download.
     *
     * @param limit the maximum number of bytes, after decompression
     */
    BodyDownload(ServerRoute server, String path, OutputStream into, long limit) {
        this.server = server;
        this.path = path;
        this.into = into;
        this.limit = limit;
    }

    /**
     * Executes the call and reads its answer to the end.
     *
     * @return the HTTP status; nothing was written unless it is a success
     * @throws ClusterException if the answer is not complete; TOO_LARGE if it exceeds the limit
     * @throws SinkFailure if the stream failed
     */
    int run(Call call) throws SinkFailure {
        String request = "GET " + server.url() + path;
        boolean isComplete = false;
        try (InterruptWatch.Watching watched = InterruptWatch.watch(call);
                Response response = call.execute()) {
            if (response.isSuccessful()) {
                write(requireNonNull(response.body()).byteStream());
                isComplete = true;
            }
            return response.code();
        } catch (SinkFailure e) {
            throw e;
        } catch (TooLarge e) {
            throw new ClusterException(Kind.TOO_LARGE, request + ": " + e.getMessage());
        } catch (IOException e) {
            throw TransportFailure.of(ApiTransport.interruptedOr(e, request), server)
                    .toException("GET", server, path);
        } finally {
            if (!isComplete) {
                call.cancel();
            }
        }
    }

    private void write(InputStream answer) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        long written = 0;
        for (int read = answer.read(block); read >= 0; read = answer.read(block)) {
            written += read;
            if (written > limit) {
                throw new TooLarge("it is larger than " + limit + " bytes and was not read to its end");
            }
            try {
                into.write(block, 0, read);
            } catch (IOException e) {
                throw new SinkFailure(e);
            }
        }
    }
}
