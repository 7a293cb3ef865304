package io.jenkins.plugins.argopreflight.engine.argo;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import okio.GzipSource;
import okio.Okio;
import org.brotli.dec.BrotliInputStream;

/**
 * The nodes of a workflow in {@code status.compressedNodes}: base64 of their JSON in gzip, or since Argo 4.1 in zstd or
 * brotli, as {@code WORKFLOW_COMPRESSION_ALGORITHM} of the controller determines. Like Argo, this class recognises gzip
 * and zstd by their first bytes; everything else is brotli, which has no mark.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/pull/16261">argo-workflows#16261</a>
 */
public final class CompressedNodes {

    /** The limit of the decompressed size. Compressed, a workflow in etcd is at most 1 MiB. */
    public static final long MAX_BYTES = 64L << 20;

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private CompressedNodes() {}

    /**
     * Opens compressed nodes.
     *
     * @return the JSON of the nodes, decompressed while it is read; reading ends with an {@link IOException} if the
     *     data are invalid, and after {@link #MAX_BYTES}
     * @throws IOException if the text is not base64, or its beginning is invalid; the message has the reason
     */
    public static InputStream open(String text) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("status.compressedNodes is not base64");
        }
        if (begins(bytes, GZIP)) {
            return new Decompressed("gzip", bytes, CompressedNodes::unzipped);
        }
        return begins(bytes, ZSTD)
                ? new Decompressed("zstd", bytes, ZstdInputStream::new)
                : new Decompressed("brotli", bytes, BrotliInputStream::new);
    }

    /**
     * Returns a decompressed stream. Argo writes one gzip member; {@link java.util.zip.GZIPInputStream} would call
     * itself for each of many empty ones.
     */
    private static InputStream unzipped(InputStream compressed) {
        return Okio.buffer(new GzipSource(Okio.source(compressed))).inputStream();
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    /** A function that opens the stream of a format. */
    private interface Decoder {
        InputStream open(InputStream compressed) throws IOException;
    }

    /**
     * A stream that ends with an error after the limit, and that turns all exceptions of a decoder into one kind of
     * error.
     */
    private static final class Decompressed extends InputStream {

        private final String format;
        private final InputStream in;
        private long left = MAX_BYTES;

        Decompressed(String format, byte[] bytes, Decoder decoder) throws IOException {
            this.format = format;
            this.in = decode(() -> decoder.open(new ByteArrayInputStream(bytes)));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = decode(() -> in.read(into, offset, length));
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("status.compressedNodes is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            return read;
        }

        private <T> T decode(Reading<T> reading) throws IOException {
            try {
                return reading.get();
            } catch (IOException | RuntimeException e) {
                throw new IOException("status.compressedNodes is not valid " + format, e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        /** A call of the decoder. */
        private interface Reading<T> {
            T get() throws IOException;
        }
    }
}
