package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

/**
 * How much of an API server's answers is read at most, so that no server exhausts the memory of this process.
 *
 * @param body bytes of one answer, after decompression
 * @param pages of one list
 * @param objects of one list
 * @param memory bytes that all answers to one connection can take in memory, as estimated by {@link ReadMeter}
 */
record ReadLimits(int body, int pages, int objects, long memory) {

    private static final int MIB = 1 << 20;

    /** Bytes of an event of a watch: etcd stores no object that is nearly as large. */
    int event() {
        return Math.min(body, 8 * MIB);
    }

    static ReadLimits ofProcess() {
        return ofHeap(Runtime.getRuntime().maxMemory());
    }

    /** A quarter of the heap, within 64 MiB and 1 GiB, for all answers; a quarter of that, up to 32 MiB, for one. */
    static ReadLimits ofHeap(long heap) {
        long memory = Math.max(64L * MIB, Math.min(1024L * MIB, heap / 4));
        return new ReadLimits((int) Math.min(32L * MIB, memory / 4), 400, 100_000, memory);
    }
}
