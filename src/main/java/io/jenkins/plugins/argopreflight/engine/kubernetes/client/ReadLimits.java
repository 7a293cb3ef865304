package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

/**
 * The maximum of an API server's answers that is read, so that no server exhausts the memory of this process.
 *
 * @param body bytes of one answer, after decompression
 * @param pages pages of one list
 * @param objects objects of one list
 * @param memory bytes that all answers to one connection can take in memory, as estimated by {@link ReadMeter}
 */
record ReadLimits(int body, int pages, int objects, long memory) {

    private static final int MIB = 1 << 20;

    /** The maximum of bytes of an event of a watch: etcd stores no object that is nearly as large. */
    int event() {
        return Math.min(body, 8 * MIB);
    }

    static ReadLimits ofProcess() {
        return ofHeap(Runtime.getRuntime().maxMemory());
    }

    /**
     * Returns the limits for a heap: a quarter of it, within 64 MiB and 1 GiB, for all answers; a quarter of that, up
     * to 32 MiB, for one.
     */
    static ReadLimits ofHeap(long heapBytes) {
        long memory = Math.max(64L * MIB, Math.min(1024L * MIB, heapBytes / 4));
        return new ReadLimits((int) Math.min(32L * MIB, memory / 4), 400, 100_000, memory);
    }
}
