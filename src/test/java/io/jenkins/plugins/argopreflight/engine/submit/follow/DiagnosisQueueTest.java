package io.jenkins.plugins.argopreflight.engine.submit.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosisQueueTest {

    private static final int BUILDS = 50;
    private static final String ONE = "https://one.example.com";

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

    @AfterEach
    void stop() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private DiagnosisQueue looks(double rate, double burst) {
        return new DiagnosisQueue(workers, timer, new DiagnosisQueue.Pace(rate, burst));
    }

    private static void send(SharedReads.Run reads, MemoryCluster cluster, String name) {
        reads.around(cluster).get(Resource.SECRETS, "ci", name);
    }

    /** 50 builds whose workflows all hang: each gets its cause, and few requests more than for its own pods. */
    @Test
    void shouldShareWhatFiftyHangsHaveInCommon() throws InterruptedException {
        MemoryCluster cluster = new MemoryCluster(ONE);
        cluster.load("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}");
        for (int i = 0; i < BUILDS; i++) {
            cluster.load(hanging(i));
        }
        int alone = requestsOf(cluster, SharedReads.separateRun(), 0);
        int before = cluster.requests().size();
        Queue<Diagnosis> found = new ConcurrentLinkedQueue<>();
        CountDownLatch all = new CountDownLatch(BUILDS);
        DiagnosisQueue looks = looks(1_000_000, 1_000_000);
        for (int i = 0; i < BUILDS; i++) {
            int build = i;
            looks.ask(ONE, build, reads -> {
                found.add(diagnose(cluster, reads, build));
                all.countDown();
            });
        }
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();

        assertThat(found).hasSize(BUILDS).allMatch(Diagnosis::isPermanent);
        int together = cluster.requests().size() - before;
        System.out.println("A look alone: " + alone + " requests; " + BUILDS + " together: " + together);
        assertThat(together).isLessThan(alone + (BUILDS - 1) * alone / 3);
    }

    private static int requestsOf(MemoryCluster cluster, SharedReads.Run reads, int build) {
        int before = cluster.requests().size();
        diagnose(cluster, reads, build);
        return cluster.requests().size() - before;
    }

    private static Diagnosis diagnose(MemoryCluster cluster, SharedReads.Run reads, int build) {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            return new Diagnose(reads.around(cluster), new NoRegistry(), 4)
                    .run(DiagnoseRequest.of("ci", "build-" + build, "argo"));
        }
    }

    private static String hanging(int build) {
        String image = "registry.example.com/team/image:v9";
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build-%1$d, namespace: ci, uid: u%1$d, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {entrypoint: main, templates: [{name: main, container: {image: "%2$s", command: [work]}}]}
            status:
              phase: Running
              startedAt: "2026-01-01T00:00:00Z"
              nodes: {build-%1$d: {id: build-%1$d, name: build-%1$d, displayName: build-%1$d, type: Pod,
                phase: Pending, templateName: main, message: "ImagePullBackOff", startedAt: "2026-01-01T00:00:00Z"}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: build-%1$d, namespace: ci, creationTimestamp: "2026-01-01T00:00:00Z",
              labels: {workflows.argoproj.io/workflow: build-%1$d},
              annotations: {workflows.argoproj.io/node-id: build-%1$d, workflows.argoproj.io/node-name: build-%1$d}}
            spec: {nodeName: node, containers: [{name: main, image: "%2$s"}]}
            status: {phase: Pending, containerStatuses: [{name: main, image: "%2$s", state: {waiting: {
              reason: ImagePullBackOff, message: 'Back-off pulling image "%2$s": ErrImagePull: rpc error: code =
              NotFound desc = failed to resolve reference "%2$s": %2$s: not found'}}}]}
            """.formatted(build, image);
    }

    @Test
    void shouldKeepItsPaceInTheLongRun() throws InterruptedException {
        MemoryCluster cluster = new MemoryCluster(ONE);
        DiagnosisQueue looks = looks(100, 10);
        CountDownLatch all = new CountDownLatch(BUILDS);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < BUILDS; i++) {
            int build = i;
            looks.ask(ONE, build, reads -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                for (int request = 0; request < 4; request++) {
                    send(reads, cluster, build + "-" + request);
                }
                atOnce.decrementAndGet();
                all.countDown();
            });
        }
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        double seconds = (System.nanoTime() - start) / 1e9;

        // Ten and what the last look begins with come on top.
        assertThat(4 * BUILDS).isLessThanOrEqualTo((int) (100 * seconds) + 10 + 4);
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void shouldNotLetAFewWaitNorOtherServers() throws InterruptedException {
        DiagnosisQueue looks = looks(0.001, 3);
        CountDownLatch all = new CountDownLatch(4);
        for (int i = 0; i < 2; i++) {
            MemoryCluster cluster = new MemoryCluster("https://" + i + ".example.com");
            for (int build = 0; build < 2; build++) {
                String name = "secret-" + build;
                looks.ask(cluster.server(), name, reads -> {
                    send(reads, cluster, name);
                    send(reads, cluster, name + "-2");
                    all.countDown();
                });
            }
        }
        assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldLookOnceForAnOwnerThatWaits() throws InterruptedException {
        DiagnosisQueue looks = looks(1_000, 1_000);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        Queue<String> looked = new ConcurrentLinkedQueue<>();
        looks.ask(ONE, "first", reads -> await(first));
        for (int i = 0; i < 3; i++) {
            looks.ask(ONE, "second", reads -> looked.add("second"));
        }
        looks.ask(ONE, "last", reads -> last.countDown());
        first.countDown();
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(looked).containsExactly("second");
    }

    @Test
    void shouldGoOnAfterALookThatFails() throws InterruptedException {
        DiagnosisQueue looks = looks(1_000, 1_000);
        CountDownLatch last = new CountDownLatch(1);
        looks.ask(ONE, "first", reads -> {
            throw new IllegalStateException("as a test wants it");
        });
        looks.ask(ONE, "last", reads -> last.countDown());

        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
