package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.function.Consumer;

/** The pages of one list. Their number is limited, because a server can have pages without end. */
final class ListPages {

    private static final int PAGE_OBJECTS = 500;
    private static final int SHRINK_FACTOR = 10;

    /** The maximum length of the token of the next page, which becomes a part of a URL. */
    private static final int MAX_TOKEN_CHARACTERS = 8 * 1024;

    private final ApiTransport transport;
    private final String request;
    private final String path;
    private final String selectors;
    private final Resource resource;
    private final Consumer<ObjectNode> items;
    private int count;

    /**
     * Creates the pages of a list.
     *
     * @param items the receiver of each object, as soon as its page has arrived
     */
    ListPages(
            ApiTransport transport,
            String server,
            String path,
            String selectors,
            Resource resource,
            Consumer<ObjectNode> items) {
        this.items = items;
        this.transport = transport;
        this.request = "GET " + server + path;
        this.path = path;
        this.selectors = selectors;
        this.resource = resource;
    }

    /**
     * Reads all pages. After a page that is too large, requests smaller pages.
     *
     * @return the last page, or an answer that is an error
     * @throws ClusterException of kind TOO_LARGE if the list has more pages or objects than are read
     */
    ApiReply read() {
        String from = "";
        int size = PAGE_OBJECTS;
        int pages = 0;
        while (true) {
            ApiReply reply;
            try {
                String next = from.isEmpty() ? "" : "&continue=" + Paths.encode(from);
                reply = transport.get(path + "?limit=" + size + selectors + next);
            } catch (ClusterException e) {
                if (e.kind() != Kind.TOO_LARGE || size < SHRINK_FACTOR) {
                    throw e;
                }
                size /= SHRINK_FACTOR;
                continue;
            }
            if (!reply.ok()) {
                return reply;
            }
            add(reply.body());
            String next = Json.text(reply.body(), "metadata", "continue");
            if (next.isEmpty()) {
                return reply;
            }
            if (next.length() > MAX_TOKEN_CHARACTERS) {
                throw new ClusterException(
                        Kind.SERVER_ERROR,
                        request + ": the token of the next page has " + next.length() + " characters");
            }
            if (next.equals(from)) {
                throw new ClusterException(Kind.SERVER_ERROR, request + ": each page names the same next page");
            }
            from = next;
            if (++pages >= transport.limits().pages()) {
                throw tooLarge("more than " + pages + " pages");
            }
        }
    }

    private void add(JsonNode page) {
        if (!page.has("items")) {
            throw StatusErrors.answerOfOtherService(request);
        }
        for (JsonNode item : page.path("items")) {
            if (!(item instanceof ObjectNode object)) {
                throw StatusErrors.answerOfOtherService(request);
            }
            // The items of a list do not have these fields.
            items.accept(FrozenJson.of(
                    object.put("apiVersion", resource.apiVersion()).put("kind", resource.kind())));
            count++;
        }
        if (count > transport.limits().objects()) {
            throw tooLarge("more than " + transport.limits().objects() + " objects");
        }
    }

    private ClusterException tooLarge(String what) {
        return new ClusterException(Kind.TOO_LARGE, request + ": the list has " + what + "; the rest was not read");
    }
}
