package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * A kind of registry: the test that recognises it, and the meaning of its answers that differ from the specification.
 *
 * @param name the name that its makers use
 * @param speaks tests a host and an answer
 * @param rules the rules in their order, of which the first match decides; the rules of {@link PlainDialect} follow
 */
public record Dialect(String name, BiPredicate<String, RegistryReply> speaks, List<Rule> rules) {

    static BiPredicate<String, RegistryReply> host(String pattern) {
        return (host, reply) -> host.matches(pattern);
    }

    static BiPredicate<String, RegistryReply> header(String name, String part) {
        return (host, reply) -> reply.headers().allValues(name).stream().anyMatch(value -> value.contains(part));
    }

    static BiPredicate<String, RegistryReply> challenge(String parameter, String pattern) {
        return (host, reply) ->
                reply.challenges().stream().anyMatch(c -> c.get(parameter).matches(pattern));
    }

    static Rule rule(Predicate<Signals> when, Verdict verdict, String sentence) {
        return new Rule(when, verdict, sentence);
    }
}
