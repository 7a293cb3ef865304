package io.jenkins.plugins.argopreflight.offline.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** An object as compressed JSON, which takes a tenth of the tree's memory or less. */
public final class PackedObject {

    private static final JsonMapper JSON = new JsonMapper();

    private final byte[] deflated;

    private PackedObject(byte[] deflated) {
        this.deflated = deflated;
    }

    public static PackedObject of(ObjectNode object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            JSON.writeValue(out, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return new PackedObject(bytes.toByteArray());
    }

    /** Returns the object as a new tree. */
    public ObjectNode object() {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
