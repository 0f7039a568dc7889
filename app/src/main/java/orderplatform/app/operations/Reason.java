package orderplatform.app.operations;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why an operator does what they do; it goes into the log of the platform. */
record Reason(@NotBlank @Size(max = 500) String reason) {}
