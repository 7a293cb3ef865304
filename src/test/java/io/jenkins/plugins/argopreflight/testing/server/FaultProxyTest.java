package io.jenkins.plugins.argopreflight.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsServers(Server.CLUSTER)
class FaultProxyTest {

    private final RealCluster cluster = RealCluster.get();
    private final FaultProxy proxy = FaultProxy.before(cluster);
    private final HttpClient client = HttpClient.newHttpClient();
    private final String namespace = cluster.namespace("faults");
    private final String path = "/api/v1/namespaces/" + namespace + "/serviceaccounts";

    @AfterEach
    void close() {
        proxy.close();
    }

    private HttpResponse<String> create(String name) throws IOException, InterruptedException {
        return create(name, Duration.ofSeconds(30));
    }

    private HttpResponse<String> create(String name, Duration timeout) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(proxy.url() + path))
                .header("Authorization", "Bearer " + cluster.admin().token())
                .header("Content-Type", "application/json")
                .timeout(timeout)
                .POST(BodyPublishers.ofString("{\"metadata\":{\"name\":\"" + name + "\"}}"))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    @Test
    void shouldPassOnAndRecord() throws Exception {
        assertThat(create("a").statusCode()).isEqualTo(201);
        assertThat(create("a").body()).contains("\"reason\":\"AlreadyExists\"");
        assertThat(proxy.requests())
                .containsExactly(new FaultProxy.Request("POST", path), new FaultProxy.Request("POST", path));
    }

    @Test
    void shouldAnswerTheNthRequestItself() throws Exception {
        proxy.failRequest(2, Fault.tooManyRequests(1));
        assertThat(create("a").statusCode()).isEqualTo(201);
        var refused = create("b");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("\"reason\":\"TooManyRequests\"");
        assertThat(cluster.api().status(path + "/b")).isEqualTo(404);
        assertThat(create("b").statusCode()).isEqualTo(201);
    }

    @Test
    void shouldFailOnlyWhatMatchesUntilReset() throws Exception {
        proxy.failAll(request -> request.method().equals("GET"), Fault.internalError());
        assertThat(create("a").statusCode()).isEqualTo(201);
        proxy.failAll(FaultProxy.Request::isWrite, Fault.unavailable());
        assertThat(create("b").statusCode()).isEqualTo(503);
        assertThat(create("b").statusCode()).isEqualTo(503);
        assertThat(proxy.reset().requests()).isEmpty();
        assertThat(create("b").statusCode()).isEqualTo(201);
    }

    @Test
    void shouldCutBeforeTheServerSeesIt() {
        proxy.failAll(request -> true, Fault.CUT_BEFORE);
        assertThatThrownBy(() -> create("a")).isInstanceOf(IOException.class);
        assertThat(cluster.api().status(path + "/a")).isEqualTo(404);
    }

    @Test
    void shouldCutAfterTheServerDidIt() {
        proxy.failAll(request -> true, Fault.CUT_AFTER);
        assertThatThrownBy(() -> create("a")).isInstanceOf(IOException.class);
        assertThat(cluster.api().status(path + "/a")).isEqualTo(200);
    }

    @Test
    void shouldStall() {
        proxy.failRequest(1, Fault.STALL);
        assertThatThrownBy(() -> create("a", Duration.ofSeconds(2))).isInstanceOf(HttpTimeoutException.class);
        assertThat(cluster.api().status(path + "/a")).isEqualTo(404);
    }
}
