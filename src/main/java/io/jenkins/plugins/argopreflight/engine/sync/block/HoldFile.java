package io.jenkins.plugins.argopreflight.engine.sync.block;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A store in a JSON file that is always replaced as a whole. */
public final class HoldFile implements HoldStore {

    private static final Logger LOGGER = Logger.getLogger(HoldFile.class.getName());
    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;
    private final String name;
    private final Path file;

    public HoldFile(Path directory, String name) {
        this.directory = directory;
        this.name = name;
        this.file = FileName.in(directory, name);
    }

    /**
     * Reads the stored Secrets. A file that cannot be read is moved aside: the {@link Block}s in it are not undone,
     * later ones are.
     */
    @Override
    public List<HeldSecret> load() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<List<HeldSecret>>() {});
        } catch (IOException | RuntimeException e) {
            Path aside = FileName.in(directory, "argo-preflight-holds.unreadable.json");
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> file + " cannot be read and is moved to " + aside
                            + ": Secrets of blocks that run now can stay in their clusters");
            move(aside);
            return List.of();
        }
    }

    private void move(Path aside) {
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot move " + file);
        }
    }

    @Override
    public void save(List<HeldSecret> held) throws IOException {
        WholeFile.write(directory, name, JSON.writeValueAsString(held));
    }
}
