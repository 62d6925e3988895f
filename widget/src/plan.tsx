// The step plan. The latest is a checklist: to tick a step says that it is done. Those before it stand as they were.
import type { Button, Step } from "./messages";
import type { Texts } from "./language";

interface Props {
  steps: Step[];
  texts: Texts;
  isLatest: boolean;
  disabled: boolean;
  onTick: (tick: Button) => void;
}

export function Plan({ steps, texts, isLatest, disabled, onTick }: Props) {
  const done = steps.filter((step) => step.done).length;
  return (
    <div>
      <ol class="plan">
        {steps.map((step) => (
          <li key={step.title} class={step.done ? "done" : ""}>
            {isLatest && step.tick ? (
              <label>
                <input type="checkbox" checked={false} disabled={disabled} onChange={() => onTick(step.tick!)} /> {step.title}
              </label>
            ) : (
              <>
                <span aria-hidden="true">{step.done ? "☑" : "☐"}</span> {step.title}
                <span class="hidden"> ({step.done ? texts.step_done : texts.step_open})</span>
              </>
            )}
          </li>
        ))}
      </ol>
      {isLatest && (
        <p class="small">
          <progress max={steps.length} value={done} aria-label={texts.progress} /> {done}/{steps.length} {texts.progress}
        </p>
      )}
    </div>
  );
}
