"""What the fact head is trained on: gold labels of candidate pairs, or a teacher's opinion of them."""

from __future__ import annotations

import torch
from torch import nn

from pressextract.facts.classifier import EMPLOYER, WIDEST
from pressextract.facts.pairs import CLASSES
from pressextract.training.fact_batch import FactBatch
from pressextract.training.fact_examples import UNJUDGED

EMPLOYER_WEIGHT = 0.25
"""Of the loss of a choice among many, which is larger than that of a judgement of one pair."""
_IMPOSSIBLE = -1e4
_LEAST, _HIGHEST = 1e-9, 60.0


def fact_loss(scores: torch.Tensor, batch: FactBatch) -> torch.Tensor:
    """Cross entropy of the pairs that are judged one by one, plus that of the choice of each role's body.

    Args:
        scores: (pairs, ``WIDEST``): the logits of ``FactHead``.
    """
    relation = batch.pairs[:, 3]
    sizes = torch.tensor([len(classes) for classes in CLASSES.values()], device=scores.device)
    possible = torch.arange(WIDEST, device=scores.device)[None, :] < sizes[relation][:, None]
    targets = batch.labels if batch.soft is None else batch.soft
    alone = relation != EMPLOYER
    if batch.soft is None:
        alone &= batch.labels != UNJUDGED
    loss = scores.sum() * 0
    if bool(alone.any()):
        kept = scores.masked_fill(~possible, _IMPOSSIBLE)[alone]
        loss = loss + nn.functional.cross_entropy(kept, targets[alone])
    choices = employer_losses(scores, batch)
    return loss + EMPLOYER_WEIGHT * choices.mean() if len(choices) else loss


def employer_losses(scores: torch.Tensor, batch: FactBatch) -> torch.Tensor:
    """For each role mention the cross entropy of the choice of its body among all, or of none.

    With gold labels every mention of the right body is right, and a role whose body is known but which nobody
    was found to hold there counts for nothing.
    """
    rows = batch.pairs[:, 3] == EMPLOYER
    rivals = (scores[rows, 1] - scores[rows, 0]).clamp(max=_HIGHEST)  # "none" has 0
    roles, group = torch.unique(batch.pairs[rows, :2], dim=0, return_inverse=True)
    empty = torch.zeros(len(roles), device=scores.device)
    total = (empty.index_add(0, group, rivals.exp()) + 1).log()
    if batch.soft is not None:
        return total - empty.index_add(0, group, batch.soft[rows, 1] * rivals)
    labels = batch.labels[rows]
    right = empty.index_add(0, group, rivals.exp() * (labels == 1)).clamp(min=_LEAST).log()
    is_held = empty.index_add(0, group, (labels == 1).float()) > 0
    is_open = empty.index_add(0, group, (labels == UNJUDGED).float()) > 0
    return (total - torch.where(is_held, right, empty))[is_held | ~is_open]
