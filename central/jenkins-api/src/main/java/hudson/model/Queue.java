package hudson.model;

public class Queue implements Saveable {

    private Queue() {}

    public interface Task {}

    public interface Executable extends Runnable {}
}
