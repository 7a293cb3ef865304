package io.jenkins.plugins.argopreflight.engine.budget;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one run can use at most. Where a limit guards memory, its default is smaller in a small Java heap, so that a
 * run ends with UNKNOWN and not with an OutOfMemoryError.
 */
public enum Limit {
    /** Read once, then held as objects that are larger than the file. */
    BYTES(64L << 20, 8, "bytes of all manifests together"),
    /** Each is a node with its place in the file, as long as the file is read; what was read takes less. */
    NODES(4_000_000, 256, "values, list items and keys in manifests and patches"),
    /** Far below what a thread's stack takes. */
    DEPTH(100, 0, "levels of nesting in expressions and regular expressions"),
    /** The length of all texts that variables and expressions give. */
    TEXT(256_000_000, 4, "characters that variables and expressions give"),
    /** etcd stores at most 1.5 MiB for an object, so Argo cannot use a longer one. */
    VALUE(4_000_000, 0, "characters of one text"),
    /** A match cannot be interrupted, so it has to be short. */
    REGEX(20_000_000, 0, "steps of one match of a regular expression: its size times the length of the text"),
    /** One unit takes about 20 to 100 nanoseconds. */
    WORK(400_000_000, 0, "units of work: values and texts processed, steps of expressions"),
    /** Equal pods count once, and equal parts of pods take memory once; a step keeps a report of them as well. */
    PODS(25_000, 6 << 10, 64 << 10, "distinct pods"),
    /** Each can take several requests. */
    IMAGES(500, 0, "distinct images that registries are asked about"),
    /** Each can wait for its timeout. */
    HOSTS(50, 0, "distinct registries that are asked"),
    /** Each is in the report with its evidence and its fixes; more than that no one reads. */
    FINDINGS(20_000, 8 << 10, "findings in the report");

    /** The heap that a run leaves to everything else. */
    private static final long RESERVED = 128L << 20;

    private final long standard;
    private final long heapEach;
    private final long heapEachInStep;
    private final String meaning;

    /** @param heapEach the bytes of heap for each unit of the default; 0 when the heap does not matter */
    Limit(long standard, long heapEach, String meaning) {
        this(standard, heapEach, heapEach, meaning);
    }

    Limit(long standard, long heapEach, long heapEachInStep, String meaning) {
        this.standard = standard;
        this.heapEach = heapEach;
        this.heapEachInStep = heapEachInStep;
        this.meaning = meaning;
    }

    /** As administrators write it, such as {@code images}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it holds for one text or value each, and is not added up over the run. */
    public boolean isForOne() {
        return this == DEPTH || this == VALUE || this == REGEX;
    }

    /** What is counted. */
    public String meaning() {
        return meaning;
    }

    /** The default of a step in this Java process. */
    public long standard() {
        return ofStep(Runtime.getRuntime().maxMemory());
    }

    /** The default of a command that has this Java process for itself. */
    long ofCommand() {
        return ofCommand(Runtime.getRuntime().maxMemory());
    }

    long ofStep(long heap) {
        return standard(heap, heapEachInStep);
    }

    long ofCommand(long heap) {
        return standard(heap, heapEach);
    }

    private long standard(long heap, long each) {
        return each == 0 ? standard : Math.min(standard, Math.max(heap / 4, heap - RESERVED) / each);
    }

    static Optional<Limit> of(String key) {
        return Arrays.stream(values()).filter(limit -> limit.key().equals(key)).findFirst();
    }

    /** All keys, for a message. */
    static String keys() {
        return Arrays.stream(values()).map(Limit::key).collect(Collectors.joining(", "));
    }
}
