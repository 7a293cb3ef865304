package io.jenkins.plugins.argopreflight.engine.hold;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which blocks use which Secret: the last of them undoes what all of them did. Only a block that runs counts. What must
 * survive a restart is stored before the cluster is changed.
 */
public final class Holds {

    /** What a block that ends has to do about a Secret. */
    public enum Duty {
        /** Another block uses it, and undoes it later. */
        LEAVE,
        /** It was there before the blocks, and so were its bindings. */
        NOTHING,
        /** It was there before the blocks; some ServiceAccounts did not refer to it. */
        UNBIND,
        DELETE
    }

    /** Work on Secrets that no one else works on meanwhile. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private static final class Entry {
        boolean created;
        final TreeSet<String> bound = new TreeSet<>();
        /** What is about to be written; it counts as written until the contrary is known. */
        boolean creating;

        final TreeSet<String> binding = new TreeSet<>();
        final Map<String, Block> blocks = new LinkedHashMap<>();

        void settle() {
            created |= creating;
            bound.addAll(binding);
            creating = false;
            binding.clear();
        }
    }

    private final HoldStore store;
    private final Predicate<Block> running;
    private final Clock clock;
    private final Map<SecretKey, Entry> entries = new LinkedHashMap<>();
    private final PlaceLocks places = new PlaceLocks();

    /** @param running whether a block's build still runs, or will go on after a restart */
    public Holds(HoldStore store, Predicate<Block> running, Clock clock) {
        this.store = store;
        this.running = running;
        this.clock = clock;
        for (HeldSecret held : store.load()) {
            Entry entry = new Entry();
            entry.created = held.created();
            entry.bound.addAll(held.bound());
            held.blocks().forEach(block -> entry.blocks.put(block.id(), block));
            entries.put(held.key(), entry);
        }
    }

    /**
     * Runs the work while no one else works on these Secrets.
     *
     * @throws InterruptedException while waiting; nothing was done then
     */
    public <T, E extends Exception> T locked(Collection<SecretKey> keys, Work<T, E> work)
            throws E, InterruptedException {
        Deque<String> locked = places.lock(keys.stream().map(SecretKey::place).toList());
        try {
            return work.run();
        } finally {
            places.unlock(locked);
        }
    }

    /** A block begins to use the Secret: before it reads anything. */
    public synchronized void take(SecretKey key, Block block) {
        Entry entry = entries.computeIfAbsent(key, any -> new Entry());
        entry.settle();
        entry.blocks.put(block.id(), block);
    }

    /**
     * What a block is about to write. It is stored when this returns.
     *
     * @throws IOException when it cannot be stored: nothing must be written then
     */
    public synchronized void announce(SecretKey key, boolean creates, Collection<String> binds) throws IOException {
        Entry entry = Objects.requireNonNull(entries.get(key));
        entry.creating = creates;
        entry.binding.addAll(binds);
        save();
    }

    /**
     * What was written.
     *
     * @param all whether this is all; else what was announced can have been written, too
     */
    public synchronized void wrote(SecretKey key, boolean all, boolean created, Collection<String> bound)
            throws IOException {
        Entry entry = Objects.requireNonNull(entries.get(key));
        boolean announced = entry.creating;
        TreeSet<String> announcedBound = new TreeSet<>(entry.binding);
        entry.creating = created || announced && !all;
        if (all) {
            entry.binding.clear();
        }
        entry.binding.addAll(bound);
        boolean different = entry.creating != announced || !entry.binding.equals(announcedBound);
        entry.settle();
        if (different) {
            save();
        }
    }

    /** The Secret and these bindings are there to stay: no block undoes them. */
    public synchronized void keep(SecretKey key, Collection<String> accounts) throws IOException {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.settle();
            entry.created = false;
            entry.bound.removeAll(accounts);
            save();
        }
    }

    /** Whether a running block other than this one uses the Secret. */
    public boolean isShared(SecretKey key, String block) {
        return blocks(key).stream().anyMatch(other -> !other.id().equals(block) && isRunning(other));
    }

    /** Whether the block's build runs, and the block with it. */
    public boolean isRunning(Block block) {
        return block.endedAt() == 0 && running.test(block);
    }

    /**
     * A block ends; from now on it is among those to undo until {@link #undone}.
     *
     * @return what it has to do; empty when there is nothing left to end
     */
    public Optional<Duty> end(SecretKey key, String block) throws IOException {
        boolean shared = isShared(key, block);
        synchronized (this) {
            Entry entry = entries.get(key);
            if (entry == null || !entry.blocks.containsKey(block)) {
                return Optional.empty();
            }
            entry.settle();
            if (shared) {
                entry.blocks.remove(block);
                save();
                return Optional.of(Duty.LEAVE);
            }
            if (!entry.created && entry.bound.isEmpty()) {
                entries.remove(key);
                save();
                return Optional.of(Duty.NOTHING);
            }
            entry.blocks.computeIfPresent(block, (id, held) -> held.ended(now()));
            save();
            return Optional.of(entry.created ? Duty.DELETE : Duty.UNBIND);
        }
    }

    /** A block ended and could not be undone now. */
    public synchronized void endLater(String block) throws IOException {
        boolean any = false;
        for (Entry entry : entries.values()) {
            any |= entry.blocks.computeIfPresent(block, (id, held) -> held.ended(now())) != null;
        }
        if (any) {
            save();
        }
    }

    /** Nothing of the Secret's blocks is left in the cluster. */
    public synchronized void undone(SecretKey key) throws IOException {
        entries.remove(key);
        save();
    }

    /** The ServiceAccounts that blocks bound. */
    public synchronized List<String> bound(SecretKey key) {
        Entry entry = entries.get(key);
        return entry == null ? List.of() : List.copyOf(entry.bound);
    }

    /** The Secrets that a block uses. */
    public synchronized List<SecretKey> of(String block) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().blocks.containsKey(block))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether something has to be undone when the last block of one of these ends. */
    public synchronized boolean isAnythingToUndo(Collection<SecretKey> keys) {
        return keys.stream()
                .map(entries::get)
                .anyMatch(entry -> entry != null
                        && (entry.created || entry.creating || !entry.bound.isEmpty() || !entry.binding.isEmpty()));
    }

    /** All blocks, whether they run or not. */
    public synchronized List<Block> blocks() {
        Map<String, Block> blocks = new LinkedHashMap<>();
        entries.values().forEach(entry -> blocks.putAll(entry.blocks));
        return List.copyOf(blocks.values());
    }

    /** A job or folder has another name now, and with it the builds in it. */
    public synchronized void moved(String oldName, String newName) throws IOException {
        boolean any = false;
        for (Entry entry : entries.values()) {
            for (Block block : List.copyOf(entry.blocks.values())) {
                String build = block.build();
                if (build.startsWith(oldName + "/") || build.startsWith(oldName + "#")) {
                    entry.blocks.put(block.id(), block.in(newName + build.substring(oldName.length())));
                    any = true;
                }
            }
        }
        if (any) {
            save();
        }
    }

    /** Forgets a block without undoing anything. */
    public synchronized void forget(String block) throws IOException {
        entries.values().forEach(entry -> entry.blocks.remove(block));
        entries.values().removeIf(entry -> entry.blocks.isEmpty());
        save();
    }

    private synchronized List<Block> blocks(SecretKey key) {
        Entry entry = entries.get(key);
        return entry == null ? List.of() : List.copyOf(entry.blocks.values());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private void save() throws IOException {
        List<HeldSecret> held = new ArrayList<>();
        entries.forEach((key, entry) -> {
            TreeSet<String> bound = new TreeSet<>(entry.bound);
            bound.addAll(entry.binding);
            held.add(new HeldSecret(
                    key, entry.created || entry.creating, List.copyOf(bound), List.copyOf(entry.blocks.values())));
        });
        store.save(held);
    }
}
