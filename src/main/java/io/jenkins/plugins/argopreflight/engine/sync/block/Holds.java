package io.jenkins.plugins.argopreflight.engine.sync.block;

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
 * The record of which {@code withArgoRegistrySecret} blocks use which Secrets. The last block of a Secret undoes what
 * all of them did; only a block that runs counts. Everything that must survive a restart is stored before the cluster
 * is changed.
 */
public final class Holds {

    /** The task of a block that ends, for one of its Secrets. */
    public enum Duty {
        /** Leaves the changes: the Secret is used by another block, which undoes them later. */
        LEAVE,
        /** The Secret existed before the blocks, and so did its bindings. */
        NOTHING,
        /** The Secret existed before the blocks, but some ServiceAccounts did not refer to it. */
        UNBIND,
        DELETE
    }

    /** Work on Secrets while no one else works on them. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    private static final class Entry {
        boolean created;
        final TreeSet<String> bound = new TreeSet<>();
        /**
         * True from {@link #announce} until the result of a creation is known; the Secret counts as created meanwhile.
         */
        boolean creating;

        /** The ServiceAccounts that are about to be bound; they count as bound until the result is known. */
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

    /**
     * Reads the record from its store.
     *
     * @param running tests whether the build of a block runs, or will continue after a restart
     */
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
     * @throws InterruptedException if interrupted while waiting; nothing was done then
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

    /**
     * Records that a block begins to use the Secret. It must be called before the block reads anything from the
     * cluster.
     */
    public synchronized void take(SecretKey key, Block block) {
        Entry entry = entries.computeIfAbsent(key, any -> new Entry());
        entry.settle();
        entry.blocks.put(block.id(), block);
    }

    /**
     * Stores the changes that a block is about to make.
     *
     * @throws IOException if they cannot be stored; the cluster must not be changed then
     */
    public synchronized void announce(SecretKey key, boolean creates, Collection<String> binds) throws IOException {
        Entry entry = Objects.requireNonNull(entries.get(key));
        entry.creating = creates;
        entry.binding.addAll(binds);
        save();
    }

    /**
     * Records the changes that a block made.
     *
     * @param all whether these are all changes; if false, the announced changes were possibly made, too
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

    /** Records that the Secret and these bindings are permanent: no block undoes them. */
    public synchronized void keep(SecretKey key, Collection<String> accounts) throws IOException {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.settle();
            entry.created = false;
            entry.bound.removeAll(accounts);
            save();
        }
    }

    /** Returns whether a running block other than this one uses the Secret. */
    public boolean isShared(SecretKey key, String block) {
        return blocks(key).stream().anyMatch(other -> !other.id().equals(block) && isRunning(other));
    }

    /** Returns whether the block has not ended and its build runs. */
    public boolean isRunning(Block block) {
        return block.endedAt() == 0 && running.test(block);
    }

    /**
     * Ends the use of the Secret by a block. If there is something to undo, the block stays recorded until
     * {@link #undone}.
     *
     * @return the task of the block; empty if it does not use the Secret any more
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

    /** Records that a block ended, and that its changes could not be undone now. */
    public synchronized void endLater(String block) throws IOException {
        boolean any = false;
        for (Entry entry : entries.values()) {
            any |= entry.blocks.computeIfPresent(block, (id, held) -> held.ended(now())) != null;
        }
        if (any) {
            save();
        }
    }

    /** Removes the Secret from the record: the changes of its blocks are undone. */
    public synchronized void undone(SecretKey key) throws IOException {
        entries.remove(key);
        save();
    }

    /** Returns the ServiceAccounts that blocks bound to the Secret. */
    public synchronized List<String> bound(SecretKey key) {
        Entry entry = entries.get(key);
        return entry == null ? List.of() : List.copyOf(entry.bound);
    }

    /** Returns the Secrets that a block uses. */
    public synchronized List<SecretKey> secretsOf(String block) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().blocks.containsKey(block))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns whether something has to be undone when the last block of one of these Secrets ends. */
    public synchronized boolean isAnythingToUndo(Collection<SecretKey> keys) {
        return keys.stream()
                .map(entries::get)
                .anyMatch(entry -> entry != null
                        && (entry.created || entry.creating || !entry.bound.isEmpty() || !entry.binding.isEmpty()));
    }

    /** Returns all blocks, running or not. */
    public synchronized List<Block> blocks() {
        Map<String, Block> blocks = new LinkedHashMap<>();
        entries.values().forEach(entry -> blocks.putAll(entry.blocks));
        return List.copyOf(blocks.values());
    }

    /** Updates the builds of a job or folder that has another name now. */
    public synchronized void moved(String oldName, String newName) throws IOException {
        boolean any = false;
        for (Entry entry : entries.values()) {
            for (Block block : List.copyOf(entry.blocks.values())) {
                String build = block.build();
                if (build.startsWith(oldName + "/") || build.startsWith(oldName + "#")) {
                    entry.blocks.put(block.id(), block.withBuild(newName + build.substring(oldName.length())));
                    any = true;
                }
            }
        }
        if (any) {
            save();
        }
    }

    /** Removes a block from the record without undoing anything. */
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
