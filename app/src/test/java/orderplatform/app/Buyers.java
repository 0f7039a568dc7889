package orderplatform.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many customers at once. */
public interface Buyers {

    /** All buy at the same moment; how many got which outcome. */
    static Map<String, Long> outcomes(int buyers, IntFunction<Client.Answer> buy) throws InterruptedException {
        return all(buyers, buy).stream()
                .collect(Collectors.groupingBy(answer -> String.valueOf(answer.text("status")), Collectors.counting()));
    }

    static List<Client.Answer> all(int buyers, IntFunction<Client.Answer> buy) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(buyers)) {
            List<Callable<Client.Answer>> calls = IntStream.range(0, buyers)
                    .<Callable<Client.Answer>>mapToObj(buyer -> () -> buy.apply(buyer))
                    .toList();
            return threads.invokeAll(calls).stream()
                    .map(call -> call.resultNow())
                    .toList();
        }
    }
}
