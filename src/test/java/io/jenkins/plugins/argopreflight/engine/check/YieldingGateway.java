package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Random;

/** A gateway whose threads give way to others before and after some of its requests, in an order of their own. */
final class YieldingGateway {

    private final Random random;

    private YieldingGateway(long seed) {
        this.random = new Random(seed);
    }

    /** @param seed of the order */
    static ClusterGateway around(ClusterGateway gateway, long seed) {
        return new YieldingGateway(seed).around(gateway);
    }

    private ClusterGateway around(ClusterGateway gateway) {
        return (ClusterGateway) Proxy.newProxyInstance(
                YieldingGateway.class.getClassLoader(),
                new Class<?>[] {ClusterGateway.class},
                (proxy, method, arguments) -> {
                    giveWay();
                    try {
                        Object answer = method.invoke(gateway, arguments);
                        return answer instanceof Optional<?> other
                                        && other.orElse(null) instanceof ClusterGateway ofOther
                                ? Optional.of(around(ofOther))
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        giveWay();
                    }
                });
    }

    private void giveWay() throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0 -> Thread.sleep(0, 50_000);
            case 1, 2, 3 -> Thread.yield();
            default -> Thread.onSpinWait();
        }
    }
}
