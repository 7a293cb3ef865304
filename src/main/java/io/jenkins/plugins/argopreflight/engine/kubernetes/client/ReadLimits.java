package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

/**
 * The limits for reading an API server's answers, so that no server exhausts the memory of this process.
 *
 * @param body the bytes of one answer, after decompression
 * @param pages the number of pages of one list
 * @param objects the number of objects of one list
 * @param memory the bytes that all answers to one connection can take in memory, as estimated by {@link ReadMeter}
 */
record ReadLimits(int body, int pages, int objects, long memory) {

    private static final int MIB = 1 << 20;

    /** The maximum number of bytes of an event of a watch. The objects that etcd stores are much smaller. */
    int event() {
        return Math.min(body, 8 * MIB);
    }

    static ReadLimits ofProcess() {
        return ofHeap(Runtime.getRuntime().maxMemory());
    }

    /**
     * Returns the limits for a heap. All answers can take a quarter of the heap, between 64 MiB and 1 GiB. One answer
     * can take a quarter of that, up to 32 MiB.
     */
    static ReadLimits ofHeap(long heapBytes) {
        long memory = Math.max(64L * MIB, Math.min(1024L * MIB, heapBytes / 4));
        return new ReadLimits((int) Math.min(32L * MIB, memory / 4), 400, 100_000, memory);
    }
}
