package io.jenkins.plugins.argopreflight.engine.util.limits;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A resource that one run can use up to a maximum. If a limit guards memory, its default is smaller in a small Java
 * heap, so that a run ends with UNKNOWN and not with an OutOfMemoryError.
 */
public enum Limit {
    /** Manifests are read once, then kept as objects that are larger than the file. */
    BYTES("bytes", 64L << 20, 8, "bytes of all manifests together"),
    /** A value takes most memory while its file is read, since its position in the file is then kept too. */
    NODES("nodes", 4_000_000, 256, "values, list items and keys in manifests and patches"),
    /** The default is far below the depth that the stack of a thread allows. */
    DEPTH_LEVELS("depth", 100, 0, "levels of nesting in expressions and regular expressions"),
    /** The texts that variables and expressions give are counted together. */
    TEXT_CHARACTERS("text", 256_000_000, 4, "characters that variables and expressions give"),
    /** Argo cannot use a longer text, since etcd stores at most 1.5 MiB for an object. */
    VALUE_CHARACTERS("value", 4_000_000, 0, "characters of one text"),
    /** A match cannot be interrupted, so it has to be short. */
    REGEX_STEPS(
            "regex",
            20_000_000,
            0,
            "steps of one match of a regular expression: its size times the length of the text"),
    /** A unit takes about 20 to 100 nanoseconds. */
    WORK_UNITS("work", 400_000_000, 0, "units of work: values and texts processed, steps of expressions"),
    /**
     * Equal pods count once, and equal parts of pods take memory once. A step takes more memory for a pod than a
     * command, since it keeps the report with all pods.
     */
    PODS("pods", 25_000, 6 << 10, 64 << 10, "distinct pods"),
    /** An image can take several requests. */
    IMAGES("images", 500, 0, "distinct images that registries are asked about"),
    /** A registry that does not answer delays the run until the timeout of its requests. */
    HOSTS("hosts", 50, 0, "distinct registries that are asked"),
    /** A finding is in the report with its evidence and its fixes. Readers need no more findings. */
    FINDINGS("findings", 20_000, 8 << 10, "findings in the report");

    /** The part of the heap that a run leaves to everything else. */
    private static final long RESERVED_BYTES = 128L << 20;

    private final String key;
    private final long maximum;
    private final long heapBytesPerUnit;
    private final long stepHeapBytesPerUnit;
    private final String meaning;

    /**
     * Creates a limit with the same default for steps and commands.
     *
     * @param key the name as administrators write it
     * @param maximum the default if the heap is large enough
     * @param heapBytesPerUnit the bytes of heap for each unit of the default; 0 if the heap does not matter
     */
    Limit(String key, long maximum, long heapBytesPerUnit, String meaning) {
        this(key, maximum, heapBytesPerUnit, heapBytesPerUnit, meaning);
    }

    Limit(String key, long maximum, long heapBytesPerUnit, long stepHeapBytesPerUnit, String meaning) {
        this.key = key;
        this.maximum = maximum;
        this.heapBytesPerUnit = heapBytesPerUnit;
        this.stepHeapBytesPerUnit = stepHeapBytesPerUnit;
        this.meaning = meaning;
    }

    /** The name as administrators write it, such as {@code images}. */
    public String key() {
        return key;
    }

    /** Returns whether the limit is for a single text or value, and is not added up over the run. */
    public boolean isForOne() {
        return this == DEPTH_LEVELS || this == VALUE_CHARACTERS || this == REGEX_STEPS;
    }

    /** The unit of the limit, as a part of a sentence. */
    public String meaning() {
        return meaning;
    }

    /** Returns the default for a step in this Java process. */
    long ofStep() {
        return ofStep(Runtime.getRuntime().maxMemory());
    }

    /** Returns the default for a command that has this Java process for itself. */
    long ofCommand() {
        return ofCommand(Runtime.getRuntime().maxMemory());
    }

    long ofStep(long heapBytes) {
        return inHeap(heapBytes, stepHeapBytesPerUnit);
    }

    long ofCommand(long heapBytes) {
        return inHeap(heapBytes, heapBytesPerUnit);
    }

    /** Returns the default in a heap of this size. */
    private long inHeap(long heapBytes, long bytesPerUnit) {
        return bytesPerUnit == 0
                ? maximum
                : Math.min(maximum, Math.max(heapBytes / 4, heapBytes - RESERVED_BYTES) / bytesPerUnit);
    }

    static Optional<Limit> of(String key) {
        return Arrays.stream(values()).filter(limit -> limit.key().equals(key)).findFirst();
    }

    /** Returns all keys, for a message. */
    static String keys() {
        return Arrays.stream(values()).map(Limit::key).collect(Collectors.joining(", "));
    }
}
