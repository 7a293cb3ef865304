package io.jenkins.plugins.argopreflight.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.util.Base64;
import java.util.Objects;

/** The reader of serialized objects that an earlier version wrote, in Base64. */
public final class StoredObject {

    private StoredObject() {}

    /** Reads an object from a file in the folder {@code stored} of the test resources. */
    public static <T> T read(String file, Class<T> type) {
        try (InputStream in = Objects.requireNonNull(StoredObject.class.getResourceAsStream("/stored/" + file), file);
                ObjectInputStream objects = new ObjectInputStream(
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(in.readAllBytes())))) {
            return type.cast(objects.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(file, e);
        }
    }
}
